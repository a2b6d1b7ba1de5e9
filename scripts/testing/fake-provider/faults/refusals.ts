import { Refusal } from "../refusal";
import type { Fault } from "../settings";

const BAD_REQUESTS: Record<string, { message: string; param: string }> = {
  invalid_value: { message: "Invalid value for 'size'.", param: "size" },
  invalid_image_file: {
    message: "Invalid image file or mode for image 1, please check your image file.",
    param: "image",
  },
  invalid_input_fidelity_model: {
    message: "The model does not support the 'input_fidelity' parameter.",
    param: "input_fidelity",
  },
  unknown_parameter: { message: "Unknown parameter: 'seed'.", param: "seed" },
  content_policy_violation: {
    message: "Your request was rejected as a result of our safety system.",
    param: "prompt",
  },
};

const QUOTA: Record<string, string> = {
  credit_balance_exhausted: "Your credit balance is exhausted. Add credits to continue.",
  organization_spend_limit_exceeded: "Your organization has reached its spend limit.",
  project_spend_limit_exceeded: "Your project has reached its spend limit.",
  organization_usage_limit_exceeded: "Your organization has reached its usage limit.",
  insufficient_quota: "You exceeded your current quota, please check your plan and billing details.",
  billing_hard_limit_reached: "Billing hard limit has been reached.",
};

/** The refusal a fault stands for, or null when it answers something else. */
export function faultRefusal(fault: Fault): Refusal | null {
  const plain = PLAIN[fault.kind];
  if (plain) return plain(fault);
  switch (fault.kind) {
    case "blocked":
      return blocked(fault);
    case "quota": {
      const code = fault.code ?? "credit_balance_exhausted";
      return refuse(fault, 429, QUOTA[code] ?? QUOTA.insufficient_quota, "insufficient_quota", code);
    }
    case "bad_request": {
      const code = fault.code ?? "invalid_value";
      const known = BAD_REQUESTS[code] ?? { message: "Your request is not valid.", param: "prompt" };
      return new Refusal(400, fault.message ?? known.message, {
        type: "image_generation_user_error",
        code,
        param: fault.param ?? known.param,
      });
    }
    default:
      return null;
  }
}

const PLAIN: Partial<Record<Fault["kind"], (fault: Fault) => Refusal>> = {
  rate_limited: (fault) =>
    refuse(
      fault,
      429,
      "Rate limit reached for images. Please try again later.",
      "rate_limit_error",
      "rate_limit_exceeded",
    ),
  slow_down: (fault) =>
    refuse(fault, 429, "Traffic is rising too fast. Slow down.", "rate_limit_error", "slow_down"),
  server_error: (fault) =>
    refuse(
      fault,
      500,
      "The server had an error while processing your request. Sorry about that!",
      "server_error",
      null,
    ),
  overloaded: (fault) =>
    refuse(
      fault,
      503,
      "The server is currently overloaded with other requests.",
      "service_unavailable_error",
      "server_is_overloaded",
    ),
  gateway_timeout: (fault) => refuse(fault, 504, "The request timed out.", "server_error", "timeout"),
  site_overloaded: (fault) => refuse(fault, 529, "The site is overloaded.", "overloaded_error", null),
  invalid_key: (fault) =>
    refuse(fault, 401, "Incorrect API key provided: sk-fake.", "invalid_request_error", "invalid_api_key"),
  forbidden: (fault) =>
    refuse(
      fault,
      403,
      "Your organization must be verified to use this model.",
      "invalid_request_error",
      fault.code ?? null,
    ),
  model_not_found: (fault) =>
    refuse(
      fault,
      404,
      "The model does not exist or you do not have access to it.",
      "invalid_request_error",
      "model_not_found",
    ),
};

function refuse(fault: Fault, status: number, message = "", type: string, code: string | null): Refusal {
  return new Refusal(status, fault.message ?? message, {
    type,
    code: fault.code ?? code,
    param: fault.param ?? null,
    headers: retryAfterHeader(fault.retryAfter),
  });
}

function blocked({ message, stage = "input", categories = ["violence"], param }: Fault): Refusal {
  return new Refusal(
    400,
    message ??
      `Your request was rejected by the safety system. safety_violations=[${categories.join(", ")}]. If you believe this is an error, contact us.`,
    {
      type: "image_generation_user_error",
      code: "moderation_blocked",
      param: param ?? null,
      extra: { moderation_details: { moderation_stage: stage, categories } },
    },
  );
}

function retryAfterHeader(retryAfter: Fault["retryAfter"]): Record<string, string> {
  if (retryAfter === undefined || retryAfter === "absent") return {};
  if (retryAfter === "garbage") return { "retry-after": "in a while, crocodile" };
  if (typeof retryAfter === "number") return { "retry-after": String(retryAfter) };
  return { "retry-after": new Date(Date.now() + retryAfter.dateInSeconds * 1000).toUTCString() };
}
