package eu.sinusnode.server.bulkimport;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.validation.BulkWrites;
import eu.sinusnode.server.bulkimport.job.ImportFolder;
import eu.sinusnode.server.bulkimport.job.ImportFolder.Found;
import eu.sinusnode.server.bulkimport.job.ImportJobs.Asked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Makes a list of files of what a kick-off asks for, or says what is wrong with it. The Parameters are those of SMART's
 * bulk import proposal and of HAPI: {@code inputFormat}, {@code inputSource}, {@code storageDetail}, and for each file
 * {@code input} with {@code type} and {@code url}.
 */
final class ImportOrders {

    private static final Set<String> NDJSON = Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");
    private static final String FOLDER = "folder";

    private final BulkWrites writes;
    private final ImportFolder folder;
    private final int mostFiles;

    ImportOrders(BulkWrites writes, ImportFolder folder, int mostFiles) {
        this.writes = writes;
        this.folder = folder;
        this.mostFiles = mostFiles;
    }

    /**
     * @throws BaseServerResponseException 400 when it is not of its form, 403 when a type is not open to the caller
     */
    List<Asked> read(Caller caller, @Nullable Parameters body, RequestDetails request) {
        if (!folder.isOpen()) {
            throw ImportProblems.malformed(
                    "This server reads no files: its operator has not set sinusnode.import.folder.");
        }
        if (body == null || !body.hasParameter()) {
            throw ImportProblems.malformed("The body is Parameters with an input for each file.");
        }
        List<Asked> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ParametersParameterComponent parameter : body.getParameter()) {
            switch (String.valueOf(parameter.getName())) {
                case "inputFormat" -> requireNdjson(text(parameter));
                case "inputSource" -> text(parameter);
                case "storageDetail" -> requireFolder(parameter);
                case "input" -> {
                    Asked file = file(caller, parameter, request);
                    if (!names.add(file.name())) {
                        throw ImportProblems.malformed("Each file is named once.");
                    }
                    files.add(file);
                }
                default ->
                    throw ImportProblems.malformed(
                            "The parameters are inputFormat, inputSource, storageDetail and input, and no others.");
            }
        }
        if (files.isEmpty() || files.size() > mostFiles) {
            throw ImportProblems.malformed("An import has between one and " + mostFiles + " files.");
        }
        return files;
    }

    private static void requireNdjson(String format) {
        if (!NDJSON.contains(format)) {
            throw ImportProblems.malformed("inputFormat is application/fhir+ndjson.");
        }
    }

    /** Files that lie elsewhere are not fetched: whoever names an address could make the server ask it. */
    private static void requireFolder(ParametersParameterComponent detail) {
        boolean folder = detail.getPart().size() == 1
                && "type".equals(detail.getPart().get(0).getName())
                && FOLDER.equals(text(detail.getPart().get(0)));
        if (!folder) {
            throw ImportProblems.malformed("storageDetail.type is folder; the server fetches nothing from elsewhere.");
        }
    }

    private Asked file(Caller caller, ParametersParameterComponent input, RequestDetails request) {
        String type = part(input, "type");
        String name = part(input, "url");
        if (input.getPart().size() != 2 || type == null || name == null) {
            throw ImportProblems.malformed("Each input has a type and a url, and nothing else.");
        }
        requireType(caller, type, request);
        Found found = folder.find(caller, name)
                .orElseThrow(() -> ImportProblems.malformed(
                        "The url of an input is the name of an .ndjson file in the client's folder on the server."));
        return new Asked(type, name, found);
    }

    private void requireType(Caller caller, String type, RequestDetails request) {
        Decision create = writes.decideType(caller, type, Interaction.CREATE);
        if (create instanceof Decision.Deny deny) {
            throw DenialLedger.refuse(request, deny, null);
        }
    }

    private static @Nullable String part(ParametersParameterComponent input, String name) {
        return input.getPart().stream()
                .filter(part -> name.equals(part.getName()))
                .map(ImportOrders::text)
                .findFirst()
                .orElse(null);
    }

    private static String text(ParametersParameterComponent parameter) {
        Type value = parameter.getValue();
        if (value == null || !value.isPrimitive() || value.primitiveValue() == null) {
            throw ImportProblems.malformed("A parameter that has no parts has one value.");
        }
        return value.primitiveValue();
    }
}
