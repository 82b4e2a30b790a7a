package eu.sinusnode.server.replay;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.jspecify.annotations.Nullable;

/**
 * The Parameters of {@code $risk-replay}.
 *
 * @param version of the flag; empty: the present one
 */
record ReplayRequest(Optional<String> version) {

    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,17}");

    /** @throws BaseServerResponseException a 400 when it is of another form */
    static ReplayRequest read(@Nullable IBaseResource body) {
        if (!(body instanceof Parameters parameters)) {
            throw malformed("the body is Parameters");
        }
        List<ParametersParameterComponent> given = parameters.getParameter();
        if (given.isEmpty()) {
            return new ReplayRequest(Optional.empty());
        }
        if (given.size() == 1
                && "version".equals(given.get(0).getName())
                && given.get(0).getValue() instanceof IdType version
                && VERSION.matcher(String.valueOf(version.getIdPart())).matches()) {
            return new ReplayRequest(Optional.of(version.getIdPart()));
        }
        throw malformed("it takes version alone, once, an id: meta.versionId of the flag");
    }

    static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.REPLAY_REQUEST, what);
    }
}
