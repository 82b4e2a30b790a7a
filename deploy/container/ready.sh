#!/bin/bash
# Succeeds when the server of this machine is ready (its readiness probe answers 200). Needs nothing but bash.
set -u
exec 3<>"/dev/tcp/127.0.0.1/${SINUSNODE_PORT:-8080}" || exit 1
printf 'GET /actuator/health/readiness HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
IFS=' ' read -r -t 4 _ status _ <&3 || exit 1
[ "$status" = 200 ]
