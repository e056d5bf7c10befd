import tseslint from 'typescript-eslint';

/**
 * The files that may act as the system, past row level security. Each says why where it does. Add one only when the asker
 * cannot be let write the row himself.
 */
const ACT_AS_SYSTEM = [
  'src/controllers/admin/bank-disputes-controller.ts',
  'src/controllers/admin/categories-controller.ts',
  'src/controllers/admin/gigs-controller.ts',
  'src/controllers/admin/money-controller.ts',
  'src/controllers/admin/payments-controller.ts',
  'src/controllers/admin/reviews-controller.ts',
  'src/controllers/admin/settings-controller.ts',
  'src/controllers/admin/users-controller.ts',
  'src/controllers/admin/webhooks-controller.ts',
  'src/controllers/checkouts-controller.ts',
  'src/controllers/email-changes-controller.ts',
  'src/controllers/email-verifications-controller.ts',
  'src/controllers/guest-links-controller.ts',
  'src/controllers/order-links-controller.ts',
  'src/controllers/orders/claims-controller.ts',
  'src/controllers/orders/later-purchases.ts',
  'src/controllers/password-resets-controller.ts',
  'src/controllers/post-purchases-controller.ts',
  'src/controllers/sell/gig-publications-controller.ts',
  'src/controllers/sell/gig-reviews-controller.ts',
  'src/controllers/sell/withdrawals-controller.ts',
  'src/controllers/sessions-controller.ts',
  'src/jobs/account-mail.ts',
  'src/jobs/delete-accounts.ts',
  'src/jobs/money-checks.ts',
  'src/jobs/notification-mail.ts',
  'src/jobs/order-deadlines.ts',
  'src/jobs/process-webhook.ts',
  'src/jobs/prune-attachments.ts',
  'src/jobs/prune-live-events.ts',
  'src/jobs/reconcile.ts',
  'src/jobs/rotate-encryption-key.ts',
  'src/jobs/run-named.ts',
  'src/metrics.ts',
  'src/models/account-deletion.ts',
  'src/models/audit-event.ts',
  'src/models/credentials.ts',
  'src/models/role.ts',
  'src/models/second-factor.ts',
  'src/models/seller-account.ts',
  'src/models/seller-company.ts',
  'src/models/user.ts',
  'src/models/webhook-receipt.ts',
  'src/models/whop-dm-channel.ts',
  'src/models/whop-identity.ts',
  'src/models/whop-token.ts',
  'src/money/convergence.ts',
  'src/money/deciding.ts',
  'src/money/open-checkout.ts',
  'src/money/refunding.ts',
  'src/money/returning-fees.ts',
  'src/money/withdrawing.ts',
];

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'dist',
      '.data',
      'public/build',
      'test/fixtures',
      'public/js',
      'src/whop-emulator/public',
    ],
  },
  ...tseslint.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: [...ACT_AS_SYSTEM, 'src/**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[property.name='withSystem']",
          message: 'Acting as the system is for the files that eslint.config.js lists: use request.transaction().',
        },
      ],
    },
  },
  { files: ['*.js'], ...tseslint.configs.disableTypeChecked },
);
