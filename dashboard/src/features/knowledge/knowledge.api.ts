import { queryOptions } from '@tanstack/react-query';
import { api, asForm, ok } from '@/shared/api/client';
import type { Item } from '@/shared/api/types';

export type Phrase = Item<'/v1/knowledge/phrases'>;
export type Lesson = Item<'/v1/lessons'>;
const of = (id: string) => ({ path: { id } });

export const documentsQuery = queryOptions({
  queryKey: ['knowledge', 'documents'],
  queryFn: ({ signal }) => ok(api.GET('/v1/knowledge/documents', { signal })),
});
export const phrasesQuery = queryOptions({
  queryKey: ['knowledge', 'phrases'],
  queryFn: ({ signal }) => ok(api.GET('/v1/knowledge/phrases', { signal })),
});
export const lessonsQuery = queryOptions({
  queryKey: ['knowledge', 'lessons'],
  queryFn: ({ signal }) => ok(api.GET('/v1/lessons', { signal })),
});

export const addDocuments = (files: File[]) =>
  Promise.all(files.map((file) => ok(api.POST('/v1/knowledge/documents', { body: { file }, ...asForm }))));
export const removeDocument = (id: string) => ok(api.DELETE('/v1/knowledge/documents/{id}', { params: of(id) }));
export const savePhrase = ({ id, ...body }: { id?: string; q: string; a: string }) =>
  id
    ? ok(api.PATCH('/v1/knowledge/phrases/{id}', { params: of(id), body }))
    : ok(api.POST('/v1/knowledge/phrases', { body }));
export const removePhrase = (id: string) => ok(api.DELETE('/v1/knowledge/phrases/{id}', { params: of(id) }));
export const orderPhrases = (order: string[]) => ok(api.PUT('/v1/knowledge/phrases/order', { body: { order } }));
export const approve = ({ id, answer }: { id: string; answer?: string }) =>
  ok(api.POST('/v1/lessons/{id}/approve', { params: of(id), body: answer ? { answer } : {} }));
export const reject = (id: string) => ok(api.POST('/v1/lessons/{id}/reject', { params: of(id) }));
