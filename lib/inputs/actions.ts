"use server";

import { authedAction } from "@/lib/action";
import { copyMask } from "./mutations/copy-mask";
import {
  excludeInputs,
  removeInputs,
  removeMatching,
  restoreInputs,
  setInputPrompt,
  setInputPrompts,
} from "./mutations/edit-inputs";
import {
  copyMaskSchema,
  excludeInputsSchema,
  inputIdsSchema,
  inputPromptSchema,
  inputPromptsSchema,
  removeMatchingSchema,
} from "./schemas";

export const removeInputsAction = authedAction(inputIdsSchema, ({ input, user }) =>
  removeInputs({ ...input, userId: user.id }),
);

export const restoreInputsAction = authedAction(inputIdsSchema, ({ input, user }) =>
  restoreInputs({ ...input, userId: user.id }),
);

export const excludeInputsAction = authedAction(excludeInputsSchema, ({ input, user }) =>
  excludeInputs({ ...input, userId: user.id }),
);

export const removeMatchingAction = authedAction(removeMatchingSchema, ({ input, user }) =>
  removeMatching({ ...input, userId: user.id }),
);

export const setInputPromptsAction = authedAction(inputPromptsSchema, ({ input, user }) =>
  setInputPrompts({ ...input, userId: user.id }),
);

export const setInputPromptAction = authedAction(inputPromptSchema, ({ input, user }) =>
  setInputPrompt({ ...input, userId: user.id }),
);

export const copyMaskAction = authedAction(copyMaskSchema, ({ input, user }) =>
  copyMask({ ...input, userId: user.id }),
);
