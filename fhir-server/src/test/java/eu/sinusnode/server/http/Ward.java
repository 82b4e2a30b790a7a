package eu.sinusnode.server.http;

import java.net.http.HttpRequest.BodyPublishers;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Patients of the clinic for tests of interactions: each has a cuff, one heart rate and one goal. */
final class Ward {

    private Ward() {}

    /** A patient who permits the clinic, the insurer and the centre everything. */
    static String open(String name) {
        String patient = load(name);
        RunningServer.load(Records.transaction(consent(name)));
        return patient;
    }

    /** A patient of the clinic who permits nobody anything: the clinic may not know of the records. */
    static String hidden(String name) {
        return load(name);
    }

    static Consent consent(String name) {
        return WalkWorld.consent(Records.id(name + "-consent"), Records.id(name));
    }

    static String vital(String name) {
        return Records.id(name + "-hr");
    }

    static String goal(String name) {
        return Records.id(name + "-goal");
    }

    private static String load(String name) {
        String patient = Records.id(name);
        RunningServer.load(Records.household(name));
        Observation vital = Records.heartRate(patient, Records.id(name + "-cuff"), name + "-1");
        vital.setId(vital(name));
        Goal goal = newGoal(patient, "Walk every day");
        goal.setId(goal(name));
        RunningServer.load(Records.transaction(vital, goal));
        return patient;
    }

    static Goal newGoal(String patientId, String text) {
        Goal goal = new Goal();
        goal.setLifecycleStatus(GoalLifecycleStatus.ACTIVE).setSubject(new Reference("Patient/" + patientId));
        goal.getDescription().setText(text);
        goal.addIdentifier().setSystem("https://clinic.example/goals").setValue(text.replace(' ', '-'));
        return goal;
    }

    static Answer jsonPatch(String path, String token, String patch, String... headers) {
        return patch(path, token, "application/json-patch+json", patch, headers);
    }

    static Answer patch(String path, String token, String contentType, String patch, String... headers) {
        var request = RunningServer.request(path, token).header("Content-Type", contentType);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return RunningServer.send(request.method("PATCH", BodyPublishers.ofString(patch)));
    }

    static Answer put(String path, String token, Resource resource, String... headers) {
        var request = RunningServer.request(path, token).header("Content-Type", "application/fhir+json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return RunningServer.send(request.PUT(BodyPublishers.ofString(RunningServer.json(resource))));
    }

    static Answer delete(String path, String token) {
        return RunningServer.send(RunningServer.request(path, token).DELETE());
    }

    static Answer get(String path, String token, String... headers) {
        return RunningServer.send(
                RunningServer.request(path, token).headers(headers).GET());
    }
}
