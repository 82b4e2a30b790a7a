package eu.sinusnode.launcher.show;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A run in numbers, as the server, the loader and the audit gave them.
 *
 * @param flags risk flags that the server shows to the clinics; summaries of what could not be computed left out
 * @param denied refusals that the audit recorded during this run
 */
public record Figures(
        String fhirBase, long patients, long vitals, long carePlans, long flags, long denied, long seconds) {

    /** One line of JSON. */
    public String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("fhirBase", fhirBase)
                .put("patients", patients)
                .put("vitals", vitals)
                .put("carePlans", carePlans)
                .put("flags", flags)
                .put("denied", denied)
                .put("seconds", seconds)
                .toString();
    }
}
