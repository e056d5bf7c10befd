/** Who is signed in, as session_with_user() tells it. */
export interface Person {
  id: string;
  role: 'user' | 'admin';
  suspended: boolean;
  email: string | null;
  emailVerified: boolean;
  username: string;
  displayName: string;
  timeZone: string;
  avatarId: string | null;
  isSeller: boolean;
  unread: number;
}
