/** Words for `?reason=` and next-auth's `?error=` on the sign-in page; unknown codes get neutral ones. */
export function noticeWords({ reason, error }: { reason?: string; error?: string }): string | null {
  if (reason === "link") {
    return "This link was used or is older than 10 minutes. Run npm start again for a new one.";
  }
  if (error === "AccessDenied") {
    return "This account has no place here. Nothing was changed. Ask the person who runs this place.";
  }
  if (error === "CredentialsSignin") return MISMATCH;
  if (error) return "The sign-in was not finished. Nothing was changed. Try again, or use another way below.";
  return null;
}

export const MISMATCH = "E-mail and password do not match. Check both, then try again.";
