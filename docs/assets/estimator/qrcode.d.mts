// What is used of qrcode-generator, whose module the build puts beside these.
export const qrcode: import('./qr.mjs').Library;
