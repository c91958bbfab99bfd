import { expect, test } from 'vitest';
import { fieldErrors, Problem, problemOf } from './problem';

test('a problem keeps its kind, what happened and the fields', () => {
  const told = {
    type: '/docs/errors/invalid',
    title: 'Something is not right',
    detail: 'Two fields',
    errors: [{ pointer: '/variants/0/price', message: 'has to be above zero' }],
  };
  const problem = problemOf(new Response(null, { status: 422 }), told);
  expect(problem.code).toBe('invalid');
  expect(problem.message).toBe('Two fields');
  expect(fieldErrors(problem)).toEqual({ 'variants.0.price': 'has to be above zero' });
});

test('an answer that is no problem is one by its status', () => {
  const problem = problemOf(new Response(null, { status: 502, statusText: 'Bad Gateway' }), undefined);
  expect(problem).toBeInstanceOf(Problem);
  expect(problem.title).toBe('Bad Gateway');
  expect(fieldErrors(new Error('other'))).toEqual({});
});
