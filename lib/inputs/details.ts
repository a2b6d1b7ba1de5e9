/** GET /api/inputs/:id */
export type InputDetails = {
  id: string;
  name: string;
  prompt: string;
  promptMode: "inherit" | "append" | "replace";
  effectivePrompt: string;
};
