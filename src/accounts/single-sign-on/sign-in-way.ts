/** How somebody signed in at a provider, in the audit log. */
export type SignInWay = 'single sign-on' | 'GitHub';
