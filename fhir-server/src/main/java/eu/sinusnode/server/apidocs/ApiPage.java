package eu.sinusnode.server.apidocs;

import eu.sinusnode.server.apidocs.ApiRequest.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The requests as a page for people: no script, one table a resource type. */
final class ApiPage {

    private ApiPage() {}

    static String of(List<ApiRequest> requests, String baseUrl) {
        Map<String, List<ApiRequest>> groups = requests.stream()
                .collect(Collectors.groupingBy(ApiRequest::group, LinkedHashMap::new, Collectors.toList()));
        StringBuilder html = new StringBuilder("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>SinusNode API</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <link rel="stylesheet" href="api/style.css"></head><body>
                <header><h1>SinusNode FHIR R4 endpoint</h1>
                """);
        html.append("<p>Base: <code>").append(escape(baseUrl)).append("</code></p>\n");
        html.append("""
                <p>For tools: <a href="api/openapi.json">OpenAPI</a> ·
                <a href="api/postman_collection.json">Postman collection</a> ·
                <a href="api/sinusnode.http">.http file</a> · <a href="fhir/metadata">CapabilityStatement</a> ·
                <a href="fhir/.well-known/smart-configuration">SMART configuration</a></p>
                <p>Every request but the last two needs an access token. What a caller sees depends on its kind, its scopes and
                each patient's consent; a record that may not be seen answers like one that does not exist.</p></header>
                """);
        html.append("<nav>");
        groups.keySet().forEach(group -> html.append("<a href=\"#")
                .append(group)
                .append("\">")
                .append(group)
                .append("</a> "));
        html.append("</nav>\n<main>\n");
        groups.forEach((group, list) -> addGroup(html, group, list));
        return html.append("</main></body></html>\n").toString();
    }

    private static void addGroup(StringBuilder html, String group, List<ApiRequest> requests) {
        html.append("<section id=\"")
                .append(group)
                .append("\"><h2>")
                .append(group)
                .append("</h2>\n");
        html.append("<table><tr><th>What</th><th>Request</th><th>Scope</th></tr>\n");
        for (ApiRequest request : requests) {
            html.append("<tr><td>")
                    .append(escape(request.name()))
                    .append("</td><td><code><b>")
                    .append(request.method())
                    .append("</b> /")
                    .append(escape(request.path()))
                    .append("</code>");
            if (!request.parameters().isEmpty()) {
                html.append("<p>")
                        .append(request.parameters().stream()
                                .map(ApiPage::parameter)
                                .collect(Collectors.joining(" ")))
                        .append("</p>");
            }
            html.append("</td><td><code>").append(escape(request.scope())).append("</code></td></tr>\n");
        }
        html.append("</table></section>\n");
    }

    private static String parameter(Parameter parameter) {
        return "<span title=\"" + escape(parameter.type()) + "\">" + escape(parameter.name()) + "</span>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static final String STYLE = """
            body { font: 16px/1.5 system-ui, sans-serif; color: #1c2733; background: #fff; margin: 0 auto; max-width: 62rem; padding: 0 1rem 4rem; }
            h1 { font-size: 1.6rem; margin: 1.5rem 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .4rem; }
            a { color: #0b5cad; } code { font: .9em ui-monospace, monospace; }
            nav { border-block: 1px solid #d5dde5; padding: .6rem 0; line-height: 1.9; } nav a { margin-right: .7rem; }
            table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; color: #52616f; }
            td, th { padding: .35rem .8rem .35rem 0; border-bottom: 1px solid #e6ecf1; vertical-align: top; }
            td p { margin: .2rem 0 0; color: #52616f; font-size: .85rem; } td span { margin-right: .5rem; }
            """;
}
