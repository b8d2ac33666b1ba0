# -Dlean leaves out the embedded PostgreSQL binaries: a container is always given a database.
FROM node:22-bookworm-slim AS node

FROM eclipse-temurin:25-jdk AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm ./mvnw -B -q -Dlean -DskipTests package
# Libraries change rarely and the application often: a layer each.
RUN java -Djarmode=tools -jar target/callback-messaging-*.jar extract \
      --layers --application-filename app.jar --destination /extracted

FROM eclipse-temurin:25-jre AS service
RUN groupadd --system --gid 10001 messaging \
 && useradd --system --uid 10001 --gid messaging --no-create-home --shell /usr/sbin/nologin messaging
WORKDIR /app
COPY --from=build /extracted/dependencies/ ./
COPY --from=build /extracted/snapshot-dependencies/ ./
# routes/ and config/ travel inside app.jar; a folder mounted at /app/routes or /app/config wins over them.
COPY --from=build /extracted/application/ ./

# The JVM takes an AOT cache only of its own build and of these very jars: it is trained in the image that uses it. See docs/decisions/0029.
FROM service AS trained
RUN apt-get update && apt-get install -y --no-install-recommends curl postgresql
COPY src/main/aot/train.sh ./
RUN pg() { runuser -u postgres -- /usr/lib/postgresql/*/bin/"$@"; } \
 && pg initdb --auth=trust --pgdata=/tmp/pg && pg pg_ctl --pgdata=/tmp/pg --log=/tmp/pg/log --options="-k /tmp" --wait start \
 && SPRING_DATASOURCE_URL=jdbc:postgresql://127.0.0.1/postgres SPRING_DATASOURCE_USERNAME=postgres ./train.sh /app

FROM service
COPY --from=trained /app/app.aot ./
# Without a word it is a public service: it refuses to start with a part inside, and has neither sandbox nor demo.
ENV MESSAGING_MODE=production SERVER_ADDRESS=0.0.0.0
USER 10001:10001
EXPOSE 8080
# The runtime image has neither curl nor wget; bash speaks enough HTTP.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=5 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} \
    && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 \
    && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:AOTCache=app.aot", "-Xmx320m", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]
