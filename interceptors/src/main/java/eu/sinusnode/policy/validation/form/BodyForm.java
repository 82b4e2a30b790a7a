package eu.sinusnode.policy.validation.form;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.RequestFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.List;

/** Finds what a parser would leave out, or take for something else, in a resource that was sent. */
public final class BodyForm {

    private final Shapes shapes;

    public BodyForm(FhirContext context) {
        this.shapes = new Shapes(context);
    }

    /** Empty when all of it will be read. */
    public List<RequestFault> ofJson(byte[] body, Charset charset) {
        try {
            return JsonForm.check(shapes, reader(body, charset));
        } catch (CharacterCodingException e) {
            return notInCharset(charset);
        } catch (IOException e) {
            throw new UncheckedIOException("A body in memory is read.", e);
        }
    }

    /** See {@link #ofJson(byte[], Charset)}. */
    public List<RequestFault> ofJson(String text) {
        try {
            return JsonForm.check(shapes, new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory is read.", e);
        }
    }

    /** See {@link #ofJson(byte[], Charset)}. */
    public List<RequestFault> ofXml(byte[] body, Charset charset) {
        return XmlForm.check(shapes, reader(body, charset), charset.name());
    }

    /** See {@link #ofJson(byte[], Charset)}. */
    public List<RequestFault> ofXml(String text, Charset charset) {
        return XmlForm.check(shapes, new StringReader(text), charset.name());
    }

    /** Bytes that are no characters are told, not replaced. */
    private static Reader reader(byte[] body, Charset charset) {
        return new InputStreamReader(
                new ByteArrayInputStream(body),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static List<RequestFault> notInCharset(Charset charset) {
        Faults faults = new Faults();
        faults.addUnreadable("has bytes that are no " + charset.name());
        return faults.found();
    }
}
