package eu.sinusnode.server.interactions;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a request are stored as, by the very objects that were decoded from it: of a record that was copied
 * or put in another's place on its way there is no text.
 */
public final class KeptTexts {

    private static final String KEY = KeptTexts.class.getName();

    private final Map<IBaseResource, String> texts = Collections.synchronizedMap(new IdentityHashMap<>());

    private KeptTexts() {}

    /** @param text JSON; null when the storage has the record in another form */
    public static void keep(RequestDetails request, IBaseResource record, @Nullable String text) {
        if (text != null && record instanceof Resource && !(record instanceof Binary)) {
            ((KeptTexts) request.getUserData().computeIfAbsent(KEY, key -> new KeptTexts())).texts.put(record, text);
        }
    }

    static Optional<String> of(RequestDetails request, IBaseResource record) {
        return request.getUserData().get(KEY) instanceof KeptTexts kept
                ? Optional.ofNullable(kept.texts.get(record))
                : Optional.empty();
    }
}
