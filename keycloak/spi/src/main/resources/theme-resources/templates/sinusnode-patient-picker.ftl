<#import "template.ftl" as layout>
<@layout.registrationLayout displayInfo=false; section>
    <#if section = "header">
        ${msg("sinusnodePickerTitle")}
    <#elseif section = "form">
        <#if available>
            <p>${msg("sinusnodePickerIntroduction")}</p>
            <form id="sinusnode-search" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post" role="search">
                <div class="${properties.kcFormGroupClass!}">
                    <label for="name" class="${properties.kcLabelClass!}">${msg("sinusnodePickerSearch")}</label>
                    <span class="${properties.kcInputClass!}">
                        <input id="name" name="name" type="search" value="${searched}" maxlength="100" autocomplete="off" aria-describedby="name-hint" />
                    </span>
                    <div id="name-hint">${msg("sinusnodePickerSearchHint")}</div>
                    <button type="submit" class="${properties.kcButtonSecondaryClass!properties.kcButtonClass!}">${msg("sinusnodePickerDoSearch")}</button>
                </div>
            </form>
            <form id="sinusnode-patients" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <h2 id="patients-title">${msg("sinusnodePickerList")}</h2>
                <#if patients?has_content>
                    <ul aria-labelledby="patients-title" style="list-style: none; padding: 0">
                        <#list patients as patient>
                            <li style="margin-bottom: 0.5rem">
                                <button type="submit" name="patient" value="${patient.id}" class="${properties.kcButtonSecondaryClass!properties.kcButtonClass!} ${properties.kcButtonBlockClass!}">
                                    <#if patient.name?has_content>${patient.name}<#else>${msg("sinusnodePickerNoName")}</#if><#if patient.birthDate?has_content>, ${msg("sinusnodePickerBorn", patient.birthDate)}</#if>
                                </button>
                            </li>
                        </#list>
                    </ul>
                    <#if more>
                        <p role="status">${msg("sinusnodePickerMore")}</p>
                    </#if>
                <#else>
                    <p role="status">${msg("sinusnodePickerNone")}</p>
                </#if>
                <button type="submit" name="cancel" value="true" class="${properties.kcButtonSecondaryClass!properties.kcButtonClass!}">${msg("sinusnodePickerCancel")}</button>
            </form>
        <#else>
            <form id="sinusnode-retry" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <button type="submit" name="name" value="" class="${properties.kcButtonPrimaryClass!properties.kcButtonClass!}">${msg("sinusnodePickerRetry")}</button>
                <button type="submit" name="cancel" value="true" class="${properties.kcButtonSecondaryClass!properties.kcButtonClass!}">${msg("sinusnodePickerCancel")}</button>
            </form>
        </#if>
    </#if>
</@layout.registrationLayout>
