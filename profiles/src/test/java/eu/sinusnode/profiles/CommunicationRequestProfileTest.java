package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.junit.jupiter.api.Test;

class CommunicationRequestProfileTest extends AbstractProfileTest {

    CommunicationRequestProfileTest() {
        super("communication-request", Canonicals.COMMUNICATION_REQUEST);
    }

    @Test
    void kindAloneIsEnough() {
        assertThat(errors(changed(CommunicationRequest.class, reminder -> reminder.setPayload(null))))
                .isEmpty();
    }

    @Test
    void kindThatIsNotKnownIsRefused() {
        assertThat(errors(changed(CommunicationRequest.class, reminder -> reminder.getCategoryFirstRep()
                        .getCodingFirstRep()
                        .setCode("gossip"))))
                .isNotEmpty();
    }

    @Test
    void attachmentIsRefused() {
        assertThat(errorCodes(changed(CommunicationRequest.class, reminder -> reminder.getPayloadFirstRep()
                        .setContent(
                                new Attachment().setContentType("text/plain").setTitle("Bisoprolol")))))
                .containsExactly("sn-comreq-1");
    }
}
