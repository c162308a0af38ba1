{{/* Names and labels, each said once. */}}

{{- define "railway-postgres.operator" -}}
{{ printf "%s-operator" (.Release.Name | trunc 50 | trimSuffix "-") }}
{{- end }}

{{- define "railway-postgres.proxy" -}}
{{ printf "%s-proxy" (.Release.Name | trunc 50 | trimSuffix "-") }}
{{- end }}

{{/* Cluster-wide names carry the namespace, so that two releases of one name do not share rights. */}}
{{- define "railway-postgres.cluster" -}}
{{ printf "%s-%s" .Release.Namespace (.Release.Name | trunc 50 | trimSuffix "-") }}
{{- end }}

{{- define "railway-postgres.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "railway-postgres.labels" -}}
{{ include "railway-postgres.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "railway-postgres.proxyHost" -}}
{{ .Values.proxy.host | default (printf "%s.%s.svc" (include "railway-postgres.proxy" .) .Release.Namespace) }}
{{- end }}

{{- define "railway-postgres.proxyTlsSecret" -}}
{{ .Values.proxy.tls.secretName | default (printf "%s-tls" (include "railway-postgres.proxy" .)) }}
{{- end }}

{{- define "railway-postgres.proxySharedSecret" -}}
{{ .Values.proxy.sharedKey.secretName | default (printf "%s-shared" (include "railway-postgres.proxy" .)) }}
{{- end }}

{{- define "railway-postgres.proxyConsoleSecret" -}}
{{ .Values.proxy.console.secretName | default (printf "%s-console" (include "railway-postgres.proxy" .)) }}
{{- end }}

{{/* A headless Service: all addresses of the replicas. */}}
{{- define "railway-postgres.proxyReplicas" -}}
{{ printf "%s-replicas" (include "railway-postgres.proxy" .) }}
{{- end }}

{{/* What Pod Security's level "restricted" asks of a container, and a root file system that nobody writes to. */}}
{{- define "railway-postgres.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "railway-postgres.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "railway-postgres.probes" -}}
startupProbe:
  httpGet: {path: /livez, port: management}
  periodSeconds: 1
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /livez, port: management}
readinessProbe:
  httpGet: {path: /readyz, port: management}
  periodSeconds: 5
{{- end }}
