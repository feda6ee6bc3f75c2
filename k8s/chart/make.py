"""Turns the rendered manifests on standard input into the templates of the chart; see ./make."""
import pathlib
import re
import sys

CONFIGURATION = """  gateway.yaml: |
    {{- toYaml .Values.config | nindent 4 }}
"""
# What is written, and what stands for it in the template of that kind. Each has to be found once.
VALUES = {
    "ConfigMap": [(r"  gateway\.yaml: \|\n(?:    .*\n)+", CONFIGURATION)],
    "Service": [
        (r"  externalTrafficPolicy: Local\n",
         "{{- if eq .Values.service.type \"LoadBalancer\" }}\n  externalTrafficPolicy: Local\n{{- end }}\n"),
        (r"  type: LoadBalancer\n", "  type: {{ .Values.service.type }}\n"),
    ],
    "Deployment": [
        (r"  replicas: 2\n", "  replicas: {{ .Values.replicas }}\n"),
        (r"image: depthcast:[0-9.]+\n",
         "image: \"{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}\"\n"),
        (r"        resources:\n(?:          .*\n)+",
         "        resources:\n          {{- toYaml .Values.resources | nindent 10 }}\n"),
    ],
}


def template(document: str, kind: str, name: str) -> str:
    document = re.sub(r"^  namespace: depthcast\n", "  namespace: {{ .Release.Namespace }}\n", document, flags=re.M)
    if name == "depthcast-management":
        return document
    for pattern, value in VALUES.get(kind, []):
        document, found = re.subn(pattern, lambda match: value, document)
        if found != 1:
            sys.exit(f"{kind} {name}: {pattern!r} is there {found} times")
    return document


folder = pathlib.Path(sys.argv[1])
for document in re.split(r"^---\n", sys.stdin.read(), flags=re.M):
    kind = re.search(r"^kind: (\w+)$", document, re.M).group(1)
    name = re.search(r"^metadata:\n(?:  .*\n)*?  name: (\S+)$", document, re.M).group(1)
    if kind == "Namespace":
        continue
    if "{{" in document:
        sys.exit(f"{kind} {name} has braces, which Helm would take for its own")
    file = f"{kind.lower()}-{name}.yaml".replace("-depthcast", "")
    (folder / file).write_text(template(document, kind, name))
