package eu.sinusnode.server.lane;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/** Takes what an {@link RrIntervalCursor} finds, in order; a patient's series follow the patient, the newest first. */
interface IntervalSink {

    /** Comes first, before anything is disclosed. @param patients everybody who may follow */
    void begin(Collection<String> patients) throws IOException;

    /** @param withheld of what a series is made of, what the patient does not permit all of: a code and resource types */
    void patient(String patientId, List<String> withheld) throws IOException;

    /**
     * @param document null when it is withheld or not there
     * @param content null likewise
     */
    void series(String patientId, Observation series, @Nullable DocumentReference document, @Nullable Binary content)
            throws IOException;

    /** As {@link ReadingSink#end}. */
    void end(@Nullable String last, boolean more, long sequence) throws IOException;
}
