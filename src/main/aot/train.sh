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
leads=${2:-10000}
port=18080
service=http://127.0.0.1:$port
scratch=$(mktemp -d)
cd "$scratch"

# Each setting as in development, but for the limits that nobody else on one address would reach.
for limit in HELD_PER_ADDRESS HELD_PER_FUNNEL REFUSED_PER_ADDRESS REFUSED_PER_FUNNEL REQUESTS_PER_BUSINESS; do
  export MESSAGING_ABUSE_$limit=0
done
MESSAGING_MODE=development SERVER_ADDRESS=127.0.0.1 SERVER_PORT=$port MESSAGING_DATA_DIR=data MESSAGING_BUDGETS_LEADS_BY_ADDRESS=0 \
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
arrived() { curl -fsS $service/sandbox/messages | grep -qF "Trainee Last"; }

# What curl reads from -K for one request after the other: a process for each would take the CPU that the service needs.
lead() {
  printf 'url = "%s/api/messages"\nfail\noutput = /dev/null\nheader = "Content-Type: application/json"\n' $service
  printf 'data = "{\\"funnelId\\":\\"%s\\",\\"contactName\\":\\"Trainee %s\\",\\"contactPhone\\":\\"0491 570 006\\"}"\nnext\n' "$funnel" "$1"
}
page() { printf 'url = "%s/api/messages%s"\nfail\noutput = /dev/null\nheader = "Authorization: Bearer %s"\nnext\n' $service "$1" "$key"; }
# Without the last "next", after which nothing comes. A busy service may answer 429 or 503: that is training, too.
ask() { sed '$d' | curl --no-progress-meter --parallel --parallel-max 32 -K - || true; }

until_done banner
funnel=$(sed -nE 's/.*"funnelId":"([^"]+)".*/\1/p' out)
key=$(sed -nE 's/.*API key +(cbk_[0-9a-f]+).*/\1/p' out)

for ((lead = 1; lead <= leads; lead++)); do lead $lead; done | ask
for ((read = 1; read <= leads / 20; read++)); do page ''; page '?q=Trainee'; page '?limit=100'; done | ask
lead Last | ask
until_done arrived
for page in /f/demo /docs /openapi.yaml /actuator/prometheus; do
  curl -fsS -o /dev/null $service$page
done
kill $pid
wait $pid || true
[ -s "$app/app.aot" ] || { echo "The JVM wrote no cache." >&2; exit 1; }
