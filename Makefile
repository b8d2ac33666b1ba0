# Thin aliases; the two commands that matter are ./mvnw spring-boot:run and ./mvnw verify.

URL ?= http://localhost:8080
# The funnel that "make smoke" writes to; its id is read from the hosted form.
SLUG ?= demo

.DEFAULT_GOAL := help
.PHONY: help hooks run dev routes test check bench chaos format schema week channels providers psql up down health smoke

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

hooks: ## Let git check the subject of each commit
	git config core.hooksPath .githooks

run: ## Run everything in one process: database, broker, mail catcher, SMS sandbox
	./mvnw spring-boot:run

dev: ## Run, and load routes/ again whenever a file in it is saved
	./mvnw spring-boot:run -Dspring-boot.run.arguments="--camel.main.routes-reload-enabled=true \
	  --camel.main.routes-reload-directory=routes --camel.main.routes-reload-directory-recursive=true \
	  --camel.main.routes-reload-pattern=**/*.yaml \
	  --camel.main.routes-reload-remove-all-routes=false"

routes: ## List every route with its description
	@awk '/^    id: / { id = $$2 } /^    description: / { sub(/^ *description: /, ""); printf "%-28s %s\n", id, $$0 }' \
	  routes/*.yaml routes/*/*.yaml

test: ## Run the tests, or with T=InboxTest,ViewsTest#some_test those
	.ci/slowest ./mvnw test $(if $(T),-Dtest='$(T)')

check: ## What CI runs: tests and formatting
	.ci/commits
	.ci/slowest ./mvnw -B verify

bench: ## Measure what the packaged service reaches here; written to docs/benchmarks
	./mvnw -Pbench verify

chaos: ## Kill, stop and cut off everything at length; written to docs/chaos.md
	./mvnw -Pchaos verify

format: ## Format the sources of the service and of what browsers load
	./mvnw -q spotless:apply
	cd src/main/web && npm run -s format

schema: ## Write docs/schema.sql anew after a migration
	./mvnw -q -Dweb.skip test -Dtest=SchemaFileTest -Dschema.write=true

week: ## Write docs/week-of-a-business.md anew after a change of what the service does
	./mvnw -q -Dweb.skip test -Dtest=WeekOfABusinessTest -Dweek.write=true

channels: ## Write the requests in docs/channels.md anew after a change of a channel
	./mvnw -q -Dweb.skip test -Dtest=NewChannelTest -Dguide.write=true

providers: ## Stand in for SendGrid, touchSMS, Slack and all others, and print what arrives
	./mvnw -q -Dweb.skip test-compile exec:java -Dexec.classpathScope=test \
	  -Dexec.mainClass=com.callback.messaging.support.StandIns

psql: ## Open the database of a running "make run" (needs psql)
	@psql "host=127.0.0.1 user=postgres dbname=postgres port=$$(sed -n 4p data/pg/postmaster.pid)"

up: ## Build the image and start it with PostgreSQL, ActiveMQ and Mailpit (needs .env)
	docker compose up --build --detach --wait

down: ## Stop what "make up" started; the data stays
	docker compose down

health: ## Ask the running service whether it is ready
	@curl -fsS $(URL)/actuator/health/readiness && echo

smoke: ## Send a lead through the running service and wait for its notifications
	@funnel=$$(curl -fsS $(URL)/f/$(SLUG) | sed -nE 's/.*name="funnelId"[^>]*value="([^"]+)".*/\1/p' | head -n 1); \
	test -n "$$funnel" || { echo "No form at $(URL)/f/$(SLUG): is the service running?" >&2; exit 1; }; \
	name="Smoke Test $$(date +%s)"; \
	curl -fsS $(URL)/api/messages -H 'Content-Type: application/json' \
	  -d "{\"funnelId\":\"$$funnel\",\"contactName\":\"$$name\",\"contactPhone\":\"0491 570 006\"}" && echo; \
	for try in 1 2 3 4 5 6 7 8 9 10; do \
	  if curl -fsS $(URL)/sandbox/messages | grep -qF "$$name"; then echo "Arrived: $(URL)/sandbox"; exit 0; fi; \
	  sleep 1; \
	done; \
	echo "Nothing arrived within 10 s: see $(URL)/sandbox and the log" >&2; exit 1
