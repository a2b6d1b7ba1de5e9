"use server";

import { authedAction, ownerAction } from "@/lib/action";
import { chooseWorkspace } from "@/lib/auth/mutations/logins";
import { ok, refused } from "@/lib/result";
import { leaveWorkspace, removeMember } from "./mutations/end-membership";
import { invite, revokeInvitation } from "./mutations/invite";
import { joinWorkspace } from "./mutations/join";
import { invitationIdSchema, inviteSchema, joinSchema, memberIdSchema, workspaceIdSchema } from "./schemas";

export const inviteAction = ownerAction("team", inviteSchema, ({ input, user }) =>
  invite({ ...input, ownerId: user.id }),
);

export const revokeInvitationAction = ownerAction("team", invitationIdSchema, ({ input, user }) =>
  revokeInvitation({ ...input, ownerId: user.id }),
);

export const removeMemberAction = ownerAction("team", memberIdSchema, ({ input, user }) =>
  removeMember({ ...input, ownerId: user.id }),
);

export const joinWorkspaceAction = authedAction(joinSchema, ({ input, user }) =>
  joinWorkspace({ ...input, personId: user.personId, loginId: user.loginId }),
);

export const leaveWorkspaceAction = authedAction(workspaceIdSchema, ({ input, user }) =>
  leaveWorkspace({ ownerId: input.workspaceId, memberId: user.personId }),
);

export const switchWorkspaceAction = authedAction(workspaceIdSchema, async ({ input, user }) => {
  const chosen = await chooseWorkspace({ ...user, workspaceId: input.workspaceId });
  return chosen ? ok() : refused("not_found", "This workspace is not open to you. You stay where you are.");
});
