ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
# Before the sources, so that a change of code does not install everything again.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# A checkout made under a strict umask would be unreadable to the unprivileged user below.
RUN npm run build && npm prune --omit=dev && chmod -R a+rX .

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="coder-tasks-mock" \
      org.opencontainers.image.description="A stateful, contract-checked mock server for the Coder Tasks API" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/spec ./spec
COPY --from=build /app/fixtures ./fixtures
COPY --from=build /app/scenarios ./scenarios
COPY --from=build /app/dist ./dist
# Where users mount their own. Not a VOLUME: that would give each container a writable copy.
RUN mkdir /scenarios

ENV NODE_ENV=production \
    CODER_TASKS_MOCK_HOST=0.0.0.0
EXPOSE 8080
# The user `node` of the base image, by number: Kubernetes' runAsNonRoot does not trust a name.
USER 1000:1000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=3s --timeout=3s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.CODER_TASKS_MOCK_PORT || process.env.PORT || 8080) + '/__admin/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli/main.js"]
