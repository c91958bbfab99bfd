import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// app may import features and shared, a feature only shared, shared nothing of ours.
const forbid = (...patterns) => [
  'error',
  { patterns: patterns.map(([group, message]) => ({ group: [group], message })) },
];
const far = ['../../*', 'Use @/… for what is further away than one folder.'];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'screenshots', 'src/shared/api/schema.d.ts'] },
  ...tseslint.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', 260],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  { files: ['src/**/*.text.ts'], rules: { 'max-lines': 'off' } },
  {
    files: ['src/shared/**'],
    rules: {
      'no-restricted-imports': forbid(
        ['@/features/**', 'shared knows no feature.'],
        ['@/app/**', 'shared knows no app.'],
        far,
      ),
    },
  },
  {
    files: ['src/features/**'],
    rules: {
      'no-restricted-imports': forbid(
        ['@/features/**', 'A feature imports no other feature; what both need is shared.'],
        ['@/app/**', 'A feature knows no app.'],
        far,
      ),
    },
  },
);
