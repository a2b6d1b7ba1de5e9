/** What files are for: rows of the list, or something that goes along with one of them or with all (null). */
export type UploadTarget =
  | { role: "source" }
  | { role: "reference"; forInputId: string | null }
  | { role: "mask"; forInputId: string };

export const TO_THE_LIST: UploadTarget = { role: "source" };
