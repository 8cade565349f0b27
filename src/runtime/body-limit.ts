/** Larger bodies are refused, in bytes: sixteen times what any operation takes. */
export const bodyLimit = 1_048_576;
