import { z } from 'zod';
import { isCommonPassword } from '../models/common-password.ts';
import { email, line } from './fields.ts';

const newPassword = z
  .string({ error: 'Choose a password' })
  .min(10, 'Use at least 10 characters for the password')
  .max(200, 'Use at most 200 characters for the password')
  .refine((password) => !isCommonPassword(password), 'Too many people use this password. Choose another');

const currentPassword = z
  .string({ error: 'Enter your password' })
  .min(1, 'Enter your password')
  .max(200, 'This password is too long');

export const signUpForm = z.object({
  display_name: line('your name', 1, 80),
  email,
  password: newPassword,
  intent: z.enum(['hire', 'sell'], 'Choose what you came for').default('hire'),
});

export const signInForm = z.object({ email, password: currentPassword });

export const codeForm = z.object({
  code: z.string({ error: 'Enter the code' }).trim().min(6, 'Enter the code').max(20, 'This is not a code'),
});

export const askResetForm = z.object({ email });

export const resetForm = z.object({ password: newPassword });

export const passwordForm = z.object({ current_password: currentPassword, password: newPassword });

/** People who came by Whop have no password to give. */
export const emailChangeForm = z.object({ email, current_password: currentPassword.optional() });
