package eu.sinusnode.policy.narrowing;

import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/**
 * The condition of an update that found nothing, so that the update creates (http.html#cond-update). It goes with the new
 * record to the storage, which looks once more before it commits: another request may have created the same meanwhile.
 *
 * @param asked the condition as it was sent
 * @param narrowed what was searched for
 */
public record UnmetCondition(String asked, SearchRequest narrowed) {

    private static final String KEY = UnmetCondition.class.getName();

    /** Goes with the record, never into what is stored or answered. */
    public void attach(Resource created) {
        created.setUserData(KEY, this);
    }

    public static Optional<UnmetCondition> of(Resource created) {
        return Optional.ofNullable((UnmetCondition) created.getUserData(KEY));
    }
}
