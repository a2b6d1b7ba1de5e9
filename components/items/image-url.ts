import type { FrameImage } from "@/components/ui/frame";

/** Where pictures come from: the owner's routes, or those of a share link. */
export type ImageSource = { base: string };

export const OWN_IMAGES: ImageSource = { base: "/api/files" };

export function shareImages(token: string): ImageSource {
  return { base: `/api/shares/${token}/files` };
}

type Picture = {
  imageId: string;
  width: number;
  height: number;
  alpha: boolean;
  thumbhash: string | null;
};

/** A picture for a tile `shownAt` CSS pixels wide; sharp on dense screens. */
export function tileImage(
  { imageId, width, height, alpha, thumbhash }: Picture,
  { alt, shownAt, from = OWN_IMAGES }: { alt: string; shownAt: number; from?: ImageSource },
): FrameImage {
  const url = (size: number) => `${from.base}/${imageId}/${size}`;
  return {
    src: url(256),
    srcSet: `${url(256)} 256w, ${url(480)} 480w, ${url(1280)} 1280w`,
    sizes: `${Math.round(shownAt)}px`,
    width,
    height,
    alt,
    alpha,
    thumbhash,
  };
}

/** A picture to look at: the 1280 px one. */
export function largeImage(
  picture: Picture,
  { alt, from = OWN_IMAGES }: { alt: string; from?: ImageSource },
): FrameImage {
  const { imageId, width, height, alpha, thumbhash } = picture;
  return { src: `${from.base}/${imageId}/1280`, width, height, alt, alpha, thumbhash };
}

/** The owner's way to one result as a file. */
export function downloadUrl(imageId: string, name: string): string {
  return `${OWN_IMAGES.base}/${imageId}/download?name=${encodeURIComponent(name)}`;
}
