package eu.sinusnode.policy.validation.form;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestFault;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Before a body is parsed: what the parser would leave out of it is refused, element by element. Patches are looked at
 * where they are applied.
 */
@Interceptor
public final class BodyFormInterceptor {

    private final BodyForm form;

    public BodyFormInterceptor(BodyForm form) {
        this.form = form;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.BODY_FORM)
    public void check(RequestDetails request) {
        EncodingEnum encoding = encoding(request);
        if (encoding != EncodingEnum.JSON && encoding != EncodingEnum.XML) {
            return;
        }
        byte[] body = request.loadRequestContents();
        if (body.length == 0) {
            // An operation may be called without one; where there has to be one, its absence is told later.
            return;
        }
        Charset charset = charset(request);
        List<RequestFault> faults =
                encoding == EncodingEnum.JSON ? form.ofJson(body, charset) : form.ofXml(body, charset);
        if (!faults.isEmpty()) {
            throw Problems.exception(faults);
        }
    }

    private static @Nullable EncodingEnum encoding(RequestDetails request) {
        boolean sends =
                request.getRequestType() == RequestTypeEnum.POST || request.getRequestType() == RequestTypeEnum.PUT;
        String contentType = request.getHeader(Constants.HEADER_CONTENT_TYPE);
        if (!sends || contentType == null) {
            return null;
        }
        // A Binary is also sent as the bytes that it holds, which may be JSON of another kind.
        return "Binary".equals(request.getResourceName())
                ? EncodingEnum.forContentTypeStrict(contentType)
                : EncodingEnum.forContentType(contentType);
    }

    private static Charset charset(RequestDetails request) {
        try {
            Charset said = request.getCharset();
            return said == null ? StandardCharsets.UTF_8 : said;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw Problems.exception(
                    RequestProblem.BODY_UNREADABLE, "The charset of the Content-Type is not known; send UTF-8.");
        }
    }
}
