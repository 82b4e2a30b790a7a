package eu.sinusnode.server.reminders;

import ca.uhn.fhir.context.FhirContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Timing;

/** Timings as JSON. Plans of a programme have the same ones, so what was read last is remembered. */
final class TimingText {

    private static final int REMEMBERED = 10_000;

    private final FhirContext context;

    private final Map<String, Timing> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Timing> eldest) {
            return size() > REMEMBERED;
        }
    };

    TimingText(FhirContext context) {
        this.context = context;
    }

    String write(Timing timing) {
        return context.newJsonParser().encodeToString(timing);
    }

    /** @return not to be changed */
    synchronized Timing read(String json) {
        return read.computeIfAbsent(json, text -> {
            Timing timing = new Timing();
            context.newJsonParser().parseInto(text, timing);
            return timing;
        });
    }
}
