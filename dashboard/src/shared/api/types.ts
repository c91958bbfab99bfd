import type { paths } from './schema';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Path = keyof paths;
type Json<R> = R extends { content: { 'application/json': infer J } } ? J : never;
type Good<R> = { [K in keyof R & (200 | 201 | 202)]: Json<R[K]> }[keyof R & (200 | 201 | 202)];

/** What a route answers. */
export type Out<P extends Path, M extends Method = 'get'> = paths[P][M] extends { responses: infer R }
  ? Good<R>
  : never;
/** What a route is sent. */
export type In<P extends Path, M extends Method = 'post'> = paths[P][M] extends {
  requestBody?: { content: { 'application/json': infer J } };
}
  ? J
  : never;
/** One row of what a list route answers. */
export type Item<P extends Path> = Out<P> extends { items: (infer T)[] } ? T : never;
/** The filters a list route takes. */
export type Query<P extends Path> = paths[P]['get'] extends { parameters: { query?: infer Q } }
  ? NonNullable<Q>
  : never;
