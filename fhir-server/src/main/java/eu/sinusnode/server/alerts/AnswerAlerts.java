package eu.sinusnode.server.alerts;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.therapy.alert.Alert;
import java.time.Clock;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.jspecify.annotations.Nullable;

/**
 * Raises what answers on an active plan tell, in the transaction that stores them. Whoever stored them is told nothing of it:
 * the answer to the write is the same.
 */
@Interceptor
public final class AnswerAlerts {

    private final AlertedClinics clinics;
    private final Clock clock;

    AnswerAlerts(AlertedClinics clinics, Clock clock) {
        this.clinics = clinics;
        this.clock = clock;
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource) {
        raise(null, resource);
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource before, IBaseResource resource) {
        raise(before instanceof QuestionnaireResponse answers ? answers : null, resource);
    }

    private void raise(@Nullable QuestionnaireResponse before, IBaseResource resource) {
        if (resource instanceof QuestionnaireResponse answers) {
            Optional<Alert> alert = Alert.of(before, answers);
            alert.ifPresent(told -> ResourceIds.referenced(answers.getSubject(), "Patient")
                    .flatMap(ResourceIds::parse)
                    .ifPresent(patient -> clinics.alert(new AlertTasks(patient, answers, told, clock.instant()))));
        }
    }
}
