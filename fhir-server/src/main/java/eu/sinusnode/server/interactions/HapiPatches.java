package eu.sinusnode.server.interactions;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.patch.FhirPatch;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.fge.jsonpatch.JsonPatch;
import com.github.fge.jsonpatch.JsonPatchException;
import eu.sinusnode.policy.access.Patches;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestFault;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.validation.form.BodyForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/**
 * JSON Patch (RFC 6902) and FHIRPath Patch (fhirpatch.html) by HAPI's means, one operation at a time, so that a refusal
 * names the operation. An error of HAPI may quote the record; it is not passed on.
 */
public final class HapiPatches implements Patches {

    private static final int MOST_OPERATIONS = 200;
    private static final int LONGEST_PATH = 300;

    /** A path selects elements; what computes, follows references or matches patterns is not needed for that. */
    private static final Set<String> FUNCTIONS =
            Set.of("where", "first", "last", "extension", "ofType", "as", "exists");

    private static final Pattern CALL = Pattern.compile("([A-Za-z]+)\\s*\\(");

    private final FhirContext context;
    private final BodyForm form;

    /** A number keeps its digits, and an operation that says something twice is none. */
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    public HapiPatches(FhirContext context) {
        this.context = context;
        this.form = new BodyForm(context);
    }

    @Override
    public Resource apply(Patch patch, Resource resource) {
        return switch (patch.language()) {
            case JSON_PATCH -> applyJson(patch.text(), resource);
            case FHIRPATH_JSON -> {
                require(RequestProblem.PATCH_MALFORMED, form.ofJson(patch.text()));
                yield applyFhirPath(read(context.newJsonParser(), patch.text()), resource);
            }
            case FHIRPATH_XML -> {
                require(RequestProblem.PATCH_MALFORMED, form.ofXml(patch.text(), StandardCharsets.UTF_8));
                yield applyFhirPath(read(context.newXmlParser(), patch.text()), resource);
            }
        };
    }

    // JSON Patch

    private Resource applyJson(String text, Resource resource) {
        JsonNode operations = operations(text);
        JsonNode document;
        try {
            document = mapper.readTree(context.newJsonParser().encodeResourceToString(resource));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A resource is encoded as JSON.", e);
        }
        for (int i = 0; i < operations.size(); i++) {
            document = applied(operations.get(i), i, document);
        }
        return parsed(document, resource);
    }

    private JsonNode operations(String text) {
        JsonNode operations;
        try {
            operations = mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw Problems.exception(RequestProblem.PATCH_MALFORMED);
        }
        if (operations == null || !operations.isArray() || operations.isEmpty()) {
            throw Problems.exception(
                    RequestProblem.PATCH_MALFORMED, "A JSON Patch is an array of at least one operation.");
        }
        requireFew(operations.size());
        return operations;
    }

    private JsonNode applied(JsonNode operation, int index, JsonNode document) {
        JsonPatch patch;
        try {
            patch = JsonPatch.fromJson(mapper.createArrayNode().add(operation));
        } catch (IOException | RuntimeException e) {
            throw Problems.exception(
                    RequestProblem.PATCH_MALFORMED, "Operation " + index + " is no operation of a JSON Patch.");
        }
        try {
            return patch.apply(document);
        } catch (JsonPatchException | RuntimeException e) {
            throw failed(index);
        }
    }

    private Resource parsed(JsonNode document, Resource before) {
        require(RequestProblem.PATCH_FAILED, form.ofJson(document.toString()));
        IParser strict = context.newJsonParser();
        strict.setParserErrorHandler(new StrictErrorHandler());
        try {
            return (Resource) strict.parseResource(before.getClass(), document.toString());
        } catch (DataFormatException | ClassCastException e) {
            throw Problems.exception(
                    RequestProblem.PATCH_FAILED,
                    "What the patch makes of the record is no " + before.fhirType() + " that can be read.");
        }
    }

    // FHIRPath Patch

    private static Parameters read(IParser parser, String text) {
        parser.setParserErrorHandler(new StrictErrorHandler());
        try {
            return parser.parseResource(Parameters.class, text);
        } catch (DataFormatException | ClassCastException e) {
            throw Problems.exception(RequestProblem.PATCH_MALFORMED);
        }
    }

    private Resource applyFhirPath(Parameters patch, Resource resource) {
        List<ParametersParameterComponent> operations = patch.getParameter();
        if (operations.isEmpty()) {
            throw Problems.exception(
                    RequestProblem.PATCH_MALFORMED, "A FHIRPath Patch has at least one parameter operation.");
        }
        requireFew(operations.size());
        Resource patched = resource.copy();
        patched.setIdElement(resource.getIdElement());
        for (int i = 0; i < operations.size(); i++) {
            requirePlainPath(operations.get(i), i);
            try {
                new FhirPatch(context).apply(patched, new Parameters().addParameter(operations.get(i)));
            } catch (RuntimeException e) {
                throw failed(i);
            }
        }
        return patched;
    }

    private static void requirePlainPath(ParametersParameterComponent operation, int index) {
        for (ParametersParameterComponent part : operation.getPart()) {
            if ("path".equals(part.getName()) && part.getValue() instanceof StringType path) {
                String text = String.valueOf(path.getValue());
                Matcher calls = CALL.matcher(text);
                boolean plain = text.length() <= LONGEST_PATH
                        && calls.results().allMatch(call -> FUNCTIONS.contains(call.group(1)));
                if (!plain) {
                    throw Problems.exception(
                            RequestProblem.PATCH_MALFORMED,
                            "The path of operation " + index
                                    + " must select elements, with where, first, last, extension, ofType or as alone.");
                }
            }
        }
    }

    /** What FHIR does not have is refused by name, under the patch's own code. */
    private static void require(RequestProblem problem, List<RequestFault> faults) {
        if (!faults.isEmpty()) {
            throw Problems.exception(faults.stream()
                    .map(fault -> new RequestFault(problem, fault.path(), fault.what()))
                    .toList());
        }
    }

    private static void requireFew(int operations) {
        if (operations > MOST_OPERATIONS) {
            throw Problems.exception(
                    RequestProblem.PATCH_MALFORMED, "A patch has at most " + MOST_OPERATIONS + " operations.");
        }
    }

    private static RuntimeException failed(int index) {
        return Problems.exception(
                RequestProblem.PATCH_FAILED, "Operation " + index + " of the patch cannot be carried out.");
    }
}
