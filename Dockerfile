# Contact Sheet as one image: pages, and the functions that Inngest calls. docs/deploy.md, compose.yaml.
FROM node:22-bookworm-slim

ENV NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
RUN mkdir -p /data/storage && chown -R node:node /app /data
USER node

COPY --chown=node:node package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --include=optional

COPY --chown=node:node . .
# A build holds both; a container that is started with other values builds anew first.
ARG NEXT_SERVER_ACTIONS_ENCRYPTION_KEY
ARG DEPLOYMENT_ID
RUN npm run build && rm -rf .data

ENV DATA_DIR=/data HOST=0.0.0.0 PORT=3000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/start.mjs"]
