import { defineConfig, loadEnv } from "vite";

export default defineConfig(({ mode }) => {
  // From the environment, or from a file .env.local, which stays out of the repository.
  const { CODER_URL, CODER_SESSION_TOKEN } = loadEnv(mode, import.meta.dirname, "CODER_");
  return {
    server: {
      proxy: {
        "/api": {
          target: CODER_URL ?? "http://127.0.0.1:8080",
          ws: true,
          // The browser never sees it. A cookie coder_session_token that the browser sends comes first.
          headers: { "Coder-Session-Token": CODER_SESSION_TOKEN ?? "API_KEY" },
        },
      },
    },
  };
});
