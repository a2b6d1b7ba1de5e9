import { Problem } from "@/components/layout/problem";

/** The same for a link that never was, was revoked, or ran out. */
export default function ShareNotFound() {
  return (
    <Problem title="This link does not show anything" actions={null}>
      <p>It may have ended, or it is incomplete. Ask whoever sent it for a new one.</p>
    </Problem>
  );
}
