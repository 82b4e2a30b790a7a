package eu.sinusnode.launcher.therapy;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.http.Answer;

/** What the demo sends has to be taken. */
final class Sent {

    private Sent() {}

    /** @throws Trouble when it was refused */
    static Answer demand(Answer answer, String what) {
        if (!answer.isOk()) {
            throw new Trouble(
                    what + " was refused with " + answer.status() + " "
                            + answer.denialCode().orElse("") + " " + answer.diagnostics(),
                    "The server's log says more: ./sinusnode status names it.");
        }
        return answer;
    }
}
