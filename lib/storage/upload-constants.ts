/** How long a browser may use what it was given to send one file. */
export const UPLOAD_SECONDS = 600;

/** Bytes decide what a file is, not its name; and a link to the storage itself must never act as a page. */
export const UPLOAD_TYPE = "application/octet-stream";

/** Name of the page's <meta> that tells browsers to send files to the storage themselves. */
export const DIRECT_UPLOADS = "direct-uploads";
