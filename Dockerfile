# The registry as an image: serves OCI at /v2/ and classic repositories at /helm/.
#   docker build -t chartroom .
#   docker run --rm -p 127.0.0.1:5000:5000 -v chartroom:/data chartroom
FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci && npm run build

FROM node:22-bookworm-slim
COPY --from=build /src/packages/cli/bin /opt/chartroom/bin
COPY --from=build /src/packages/cli/dist /opt/chartroom/dist
COPY --from=build /src/packages/cli/package.json /src/LICENSE /opt/chartroom/
RUN ln -s /opt/chartroom/bin/chartroom.cjs /usr/local/bin/chartroom \
  && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 5000
# Inside a container the address cannot be loopback. --allow-insecure accepts logins without TLS there:
# publish the port on loopback as above, put a TLS proxy before it, or give --tls-cert and --tls-key.
ENTRYPOINT ["chartroom"]
CMD ["serve", "--addr", "0.0.0.0:5000", "--storage", "/data", "--allow-insecure"]
