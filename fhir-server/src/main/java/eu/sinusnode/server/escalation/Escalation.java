package eu.sinusnode.server.escalation;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.notice.NoticeWords;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;

/** What being overdue makes of a Task. It says so in German and English, and nothing of what the Task is about. */
final class Escalation {

    private static final String AUTHOR = "SinusNode";
    private static final NoticeWords WORDS = new NoticeWords(Escalation.class);

    private Escalation() {}

    /**
     * @param task as it is stored; it is not changed
     * @param next who is asked now
     */
    static Task of(Task task, TaskKind kind, Instant due, String next, Instant now) {
        Task escalated = task.copy();
        escalated.setPriority(raised(task.getPriority()));
        escalated.setOwner(new Reference(next));
        escalated.setBusinessStatus(new CodeableConcept(new Coding(kind.states(), Codes.ESCALATED, null)));
        escalated.setLastModified(Date.from(now));
        for (String words : WORDS.say(kind.word() + ".overdue", due)) {
            escalated.addNote(new Annotation()
                    .setAuthor(new StringType(AUTHOR))
                    .setTime(Date.from(now))
                    .setText(words));
        }
        return escalated;
    }

    /** What has no priority is routine. */
    private static TaskPriority raised(TaskPriority priority) {
        return switch (priority == null ? TaskPriority.ROUTINE : priority) {
            case ROUTINE, NULL -> TaskPriority.URGENT;
            case URGENT -> TaskPriority.ASAP;
            case ASAP, STAT -> TaskPriority.STAT;
        };
    }
}
