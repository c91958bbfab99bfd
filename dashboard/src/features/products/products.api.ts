import { queryOptions } from '@tanstack/react-query';
import { api, asFile, asForm, ifMatch, ok } from '@/shared/api/client';
import { listQuery } from '@/shared/api/list';
import type { In, Item, Out, Query } from '@/shared/api/types';

export type ProductRow = Item<'/v1/products'>;
export type Product = Out<'/v1/products/{id}'>;
export type ProductIn = In<'/v1/products'>;
export type Import = Out<'/v1/imports/{id}'>;
export type ProductFilter = Omit<Query<'/v1/products'>, 'cursor' | 'limit'>;

export const productKeys = { all: ['products'], one: (id: string) => ['products', 'one', id] } as const;
const of = (id: string) => ({ path: { id } });

export const productsQuery = (filter: ProductFilter) =>
  listQuery(['products', 'list', filter], ({ cursor, signal }) =>
    ok(api.GET('/v1/products', { params: { query: { ...filter, cursor } }, signal })),
  );
export const facetsQuery = queryOptions({
  queryKey: ['products', 'facets'],
  queryFn: ({ signal }) => ok(api.GET('/v1/products/facets', { signal })),
});
export const productQuery = (id: string) =>
  queryOptions({
    queryKey: productKeys.one(id),
    queryFn: ({ signal }) => ok(api.GET('/v1/products/{id}', { params: of(id), signal })),
  });
export const movementsQuery = (id: string) =>
  queryOptions({
    queryKey: ['products', 'movements', id],
    queryFn: ({ signal }) => ok(api.GET('/v1/variants/{id}/movements', { params: of(id), signal })),
  });

export const createProduct = (body: ProductIn) => ok(api.POST('/v1/products', { body }));
export const saveProduct = ({ id, version, body }: { id: string; version: number; body: ProductIn }) =>
  ok(api.PUT('/v1/products/{id}', { params: { ...of(id), header: ifMatch(version) }, body }));
export const duplicateProduct = (id: string) => ok(api.POST('/v1/products/{id}/duplicate', { params: of(id) }));
export const removeProduct = ({ id, version }: { id: string; version: number }) =>
  ok(api.DELETE('/v1/products/{id}', { params: { ...of(id), header: ifMatch(version) } }));
export const restoreProduct = (id: string) => ok(api.POST('/v1/products/{id}/restore', { params: of(id) }));
export const changeVariant = ({ id, ...body }: { id: string; price?: number; on_hand?: number; threshold?: number }) =>
  ok(api.PATCH('/v1/variants/{id}', { params: of(id), body }));

export const addImages = ({ id, files }: { id: string; files: File[] }) =>
  ok(api.POST('/v1/products/{id}/images', { params: of(id), body: { file: files }, ...asForm }));
export const orderImages = ({ id, order }: { id: string; order: string[] }) =>
  ok(api.PATCH('/v1/products/{id}/images', { params: of(id), body: { order } }));
export const removeImage = ({ id, image }: { id: string; image: string }) =>
  ok(api.DELETE('/v1/products/{id}/images/{image}', { params: { path: { id, image } } }));
export const describe = (photo: File) => ok(api.POST('/v1/products/describe', { body: { file: photo }, ...asForm }));

export const readCsv = (csv: File) => ok(api.POST('/v1/imports', { body: { file: csv, kind: 'products' }, ...asForm }));
export const runImport = ({ id, mapping }: { id: string; mapping: Record<string, string> }) =>
  ok(api.POST('/v1/imports/{id}/run', { params: of(id), body: { mapping } }));
export const importQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ['imports', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => ok(api.GET('/v1/imports/{id}', { params: of(id ?? ''), signal })),
    refetchInterval: ({ state }) => (state.data && ['done', 'failed'].includes(state.data.state) ? false : 1_000),
  });
export const exportProducts = (filter: ProductFilter) =>
  ok(api.GET('/v1/products/export', { params: { query: filter }, ...asFile }));
