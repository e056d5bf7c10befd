import { z } from 'zod';
import { email, line } from './fields.ts';

export const signUpForm = z.object({
  display_name: line('your name', 1, 80),
  email,
  password: z
    .string({ error: 'Choose a password' })
    .min(10, 'Use at least 10 characters for the password')
    .max(200, 'Use at most 200 characters for the password'),
  intent: z.enum(['hire', 'sell'], 'Choose what you came for').default('hire'),
});

export const signInForm = z.object({
  email,
  password: z
    .string({ error: 'Enter your password' })
    .min(1, 'Enter your password')
    .max(200, 'This password is too long'),
});
