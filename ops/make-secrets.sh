#!/usr/bin/env bash
# Makes the secrets that compose.yaml reads, in the folder secrets; existing ones stay.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets

# The folder is for its owner alone; the containers' users read single files.
keep() {
  [ -e "secrets/$1" ] || (umask 022 && printf '%s' "$2" >"secrets/$1")
}

random() {
  openssl rand -hex 32
}

keep secret_key "$(random)"
keep admin_password "$(random)"
keep metrics_token "$(random)"
keep mariadb_password "$(random)"
keep redis_password "$(random)"
keep database_url "mysql://rollcall:$(cat secrets/mariadb_password)@mariadb:3306/rollcall"
keep redis_url "redis://:$(cat secrets/redis_password)@redis:6379"
echo "The secrets are in secrets/. Sign in as admin@localhost with the password in secrets/admin_password."
