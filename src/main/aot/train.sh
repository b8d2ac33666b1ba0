#!/usr/bin/env bash
# Trains the AOT cache of an unpacked jar: starts the service in development mode, sends leads through it, reads them, and
# stops it. As it ends the JVM writes the cache: classes loaded and linked, and which methods are worth compiling.
#
#   java -Djarmode=tools -jar target/callback-messaging-*.jar extract --application-filename app.jar --destination app
#   src/main/aot/train.sh app
#   cd app && java -XX:AOTCache=app.aot -Xmx320m -jar app.jar
#
# It needs curl, and on the path the very JVM that is to use the cache, 25 or newer. A jar without PostgreSQL in it also needs
# SPRING_DATASOURCE_URL and _USERNAME of a database that may be thrown away: leads are written to it.
set -euo pipefail

app=$(cd "${1:?Name the folder of the unpacked jar}" && pwd)
leads=${2:-500}
port=18080
service=http://127.0.0.1:$port
scratch=$(mktemp -d)
cd "$scratch"

# Each setting as in development, but for limits that nobody else on one address would reach.
MESSAGING_MODE=development SERVER_ADDRESS=127.0.0.1 SERVER_PORT=$port MESSAGING_DATA_DIR=data \
  MESSAGING_ABUSE_HELD_PER_ADDRESS=0 MESSAGING_ABUSE_HELD_PER_FUNNEL=0 MESSAGING_BUDGETS_LEADS_BY_ADDRESS=0 \
  java -XX:AOTCacheOutput="$app/app.aot" -Xmx320m -jar "$app/app.jar" >out &
pid=$!
trap '{ kill $pid && wait $pid; } 2>/dev/null || true; rm -rf "$scratch"' EXIT

# Repeats a command until it succeeds; a service that has ended makes nothing succeed any more.
until_done() {
  for ((try = 0; try < 300; try++)); do
    "$@" && return
    kill -0 $pid 2>/dev/null || break
    sleep 1
  done
  cat out >&2
  echo "The training run has ended before its time." >&2
  exit 1
}

banner() { grep -q 'API key' out; }
arrived() { curl -fsS $service/sandbox/messages | grep -qF "Trainee $leads"; }

until_done banner
funnel=$(sed -nE 's/.*"funnelId":"([^"]+)".*/\1/p' out)
key=$(sed -nE 's/.*API key +(cbk_[0-9a-f]+).*/\1/p' out)

seq "$leads" | xargs -P 8 -I % curl -fsS -o /dev/null $service/api/messages -H 'Content-Type: application/json' \
  -d "{\"funnelId\":\"$funnel\",\"contactName\":\"Trainee %\",\"contactPhone\":\"0491 570 006\"}"
until_done arrived
for page in /f/demo /docs /openapi.yaml /actuator/prometheus; do
  curl -fsS -o /dev/null $service$page
done
for query in '' '?q=Trainee' '?limit=100'; do
  curl -fsS -o /dev/null -H "Authorization: Bearer $key" "$service/api/messages$query"
done

kill $pid
wait $pid || true
[ -s "$app/app.aot" ] || { echo "The JVM wrote no cache." >&2; exit 1; }
