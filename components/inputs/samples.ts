import type { Picked } from "@/components/uploads/picked-files";

export const SAMPLES = ["coffee.jpg", "chelsea.jpg", "astronaut.jpg", "rocket.jpg"] as const;

/** The sample images as if chosen from a folder; those that cannot be fetched are left out. */
export async function takeSamples(): Promise<Picked[]> {
  const files = await Promise.all(SAMPLES.map(fetchSample));
  return files.flatMap((file) => (file ? [{ file, path: "" }] : []));
}

async function fetchSample(name: string): Promise<File | null> {
  try {
    const answer = await fetch(`/samples/${name}`);
    if (!answer.ok) return null;
    return new File([await answer.blob()], name, { type: "image/jpeg", lastModified: 0 });
  } catch {
    return null;
  }
}
