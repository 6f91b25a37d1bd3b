/**
 * Lint rules: those that find bugs, not those that argue about taste. Layers, cycles and file length are tests (test/tidy).
 *
 * In: every TypeScript and JavaScript file that is ours. Type-aware rules run on src/ only, to keep `npm run lint` quick.
 */
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const everywhere = {
  curly: ['error', 'all'],
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-var': 'error',
  'prefer-const': 'error',
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
};

const typescript = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  // TypeScript itself finds undefined names.
  'no-undef': 'off',
};

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', 'coverage/', 'test-results/', 'bench/results/', 'media/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'URLSearchParams', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'fetch', 'performance', 'TextDecoder', 'AbortSignal', 'Buffer', 'WebAssembly'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
    rules: everywhere,
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    rules: { ...everywhere, ...typescript },
  },
  {
    files: ['src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
);
