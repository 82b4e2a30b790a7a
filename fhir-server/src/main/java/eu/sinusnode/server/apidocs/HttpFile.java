package eu.sinusnode.server.apidocs;

import eu.sinusnode.server.apidocs.ApiRequest.Body;
import eu.sinusnode.server.apidocs.ApiRequest.Parameter;
import java.util.List;
import java.util.stream.Collectors;

/** The requests as a {@code .http} file, which editors send line by line. */
final class HttpFile {

    private HttpFile() {}

    static String of(List<ApiRequest> requests, String baseUrl) {
        StringBuilder text =
                new StringBuilder("# Put an access token here; what each request needs stands above it.\n");
        text.append("@base = ").append(baseUrl).append("\n@token = \n@id = \n@version = 1\n");
        for (ApiRequest request : requests) {
            text.append("\n### ").append(request.name()).append('\n');
            if (!request.scope().isEmpty()) {
                text.append("# scope: ").append(request.scope()).append('\n');
            }
            if (!request.parameters().isEmpty()) {
                text.append("# parameters: ")
                        .append(request.parameters().stream()
                                .map(Parameter::name)
                                .collect(Collectors.joining(", ")))
                        .append('\n');
            }
            text.append(request.method())
                    .append(" {{base}}/")
                    .append(request.path().replaceAll("\\{([a-z]+)}", "{{$1}}"));
            text.append("\nAuthorization: Bearer {{token}}\nAccept: application/fhir+json\n");
            if (request.body() != Body.NONE) {
                text.append("Content-Type: ")
                        .append(request.body().contentType())
                        .append("\n\n")
                        .append(request.bodyExample())
                        .append('\n');
            }
        }
        return text.toString();
    }
}
