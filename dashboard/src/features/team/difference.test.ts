import { expect, test } from 'vitest';
import { difference } from './difference';

test('what changed is told with what it was', () => {
  expect(difference({ role: 'analyst', name: 'Rose' }, { role: 'admin', name: 'Rose' })).toBe('role: analyst → admin');
});

test('what is new or gone is told alone, and nothing of what was never there', () => {
  expect(difference(null, { label: 'books', expires_at: null, rights: ['orders:view', 'finance:view'] })).toBe(
    'label: books; rights: orders:view, finance:view',
  );
  expect(difference({ label: 'books' }, null)).toBe('label: books');
  expect(difference(undefined, undefined)).toBe('');
});
