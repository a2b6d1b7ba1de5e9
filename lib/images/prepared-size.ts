/** The size a picture has once its longer side is at most `maxEdge`. Pictures never grow. */
export function preparedSize(
  { width, height }: { width: number; height: number },
  maxEdge: number,
): { width: number; height: number } {
  const scale = Math.min(1, maxEdge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
