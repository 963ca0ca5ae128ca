/** By error and path: the published documents that are rejected there, and why. All others are read. */
const byRejection: Readonly<Record<string, readonly string[]>> = {
  // A detail type that Security Hub does not send.
  'UnknownEventError detail-type': [
    'securityhub-events/SumoLogic-sumologic-aws-lambda__event.json',
  ],
  // A click on no finding.
  'MalformedEventError detail.findings': [
    'custom-action-events/aws-solutions-automated-security-response-on-aws__remediation_test.json',
  ],
  // An account id of fewer or other characters than twelve digits.
  'MalformedFindingError AwsAccountId': [
    'securityhub-asff/DefectDojo-django-DefectDojo__inspector_ec2_cve__AWSInspector.json',
    'securityhub-asff/DefectDojo-django-DefectDojo__inspector_ec2_cve__AWSInspector__3.json',
    'securityhub-asff/DefectDojo-django-DefectDojo__inspector_ec2_cve__AWSInspector__4.json',
    'securityhub-asff/DefectDojo-django-DefectDojo__inspector_ec2_cve__AWSInspector__5.json',
    'securityhub-asff/DefectDojo-django-DefectDojo__inspector_ec2_cve_no_vulnerabilities__AWSInspector.json',
    'securityhub-asff/DefectDojo-django-DefectDojo__issue_10956__AWSInspector.json',
    'securityhub-asff/DefectDojo-django-DefectDojo__missing_account_id__AWSInspector.json',
    'securityhub-asff/aws-samples-aws-security-hub-analytic-pipeline__transform_finding_test__4.1.json',
    'securityhub-asff/mitre-heimdall2__example-3-layer-overlay_03062022.asff.json.p0__second-layer-example-inspec-overlay-profile-against-1st-laye.json',
    'securityhub-asff/mitre-heimdall2__restrictions-test-results.asff__V-71849.json',
    'securityhub-asff/mitre-heimdall2__restrictions-test-results.asff__V-71855.json',
    'securityhub-asff/mitre-heimdall2__restrictions-test-results.asff__V-71859.json',
    'securityhub-asff/mitre-heimdall2__restrictions-test-results.asff__disa_stig-el7.json',
    'securityhub-asff/mitre-heimdall2__rhel7-results.asff.json.p0__disa_stig-el7.json',
    'securityhub-asff/mitre-heimdall2__rhel7_V-71931_asff__V-71931.json',
    'securityhub-asff/mitre-heimdall2__rhel7_V-71931_asff__V-71931__2.json',
    'securityhub-asff/mitre-heimdall2__rhel7_V-71931_asff__redhat-enterprise-linux-7-stig-baseline.json',
    'securityhub-asff/mitre-heimdall2__snyk-no-results.asff__snyk.io-policy-file-patches-or-ignores-known-vulnerabilities.json',
    'securityhub-asff/mitre-heimdall2__undefined-code.asff.json.p0__Undefined-Code-Test-Case.json',
    'securityhub-asff/mitre-heimdall2__undefined-code.asff__SNYK-JS-ANSIHTML-1296849.json',
    'securityhub-asff/mitre-heimdall2__undefined-code.asff__SNYK-JS-ANSIHTML-1296849__2.json',
    'securityhub-asff/prowler-cloud-prowler__reporting.mdx__prowler-rds_instance_minor_version_upgrade_enabled.json',
  ],
  // No severity, neither the product’s nor the provider’s.
  'MalformedFindingError Severity': [
    'securityhub-asff/aws-solutions-automated-security-response-on-aws__test_check_ssm_doc_state__1.6.json',
    'securityhub-asff/aws-solutions-automated-security-response-on-aws__test_check_ssm_doc_state__AutoScaling.1.json',
    'securityhub-asff/aws-solutions-automated-security-response-on-aws__test_check_ssm_doc_state__AutoScaling.17.json',
    'securityhub-asff/aws-solutions-automated-security-response-on-aws__test_check_ssm_doc_state__AutoScaling.1__2.json',
    'securityhub-asff/carlovoSBP-sechubman__findings_trimmed__2.1.1.json',
    'securityhub-asff/carlovoSBP-sechubman__findings_trimmed__2.1.4.2.json',
    'securityhub-asff/carlovoSBP-sechubman__findings_trimmed__S3.12.json',
    'securityhub-asff/carlovoSBP-sechubman__findings_trimmed__S3.13.json',
    'securityhub-asff/carlovoSBP-sechubman__findings_trimmed__S3.8.json',
    'securityhub-asff/carlovoSBP-sechubman__json_update_grouped_findings__2.1.4.2.json',
    'securityhub-asff/carlovoSBP-sechubman__json_update_grouped_findings__S3.13.json',
    'securityhub-asff/carlovoSBP-sechubman__json_update_grouped_findings__S3.8.json',
  ],
  // A list written as text.
  'MalformedFindingError Types': [
    'securityhub-asff/jonrau1-ElectricEye__OUTPUTS__arn-aws-iso-lambda-us-iso-west-1-111111111111-function-natio__2.json',
  ],
  // No resources.
  'MalformedFindingError Resources': [
    'securityhub-asff/jonrau1-ElectricEye__OUTPUTS__i-04f4EXAMPLEEXAMPLEa9f186.json',
  ],
  // A class of another category than findings.
  'MalformedFindingError class_uid': [
    'ocsf/CharlotteN7-dsh-ocsf-forwarder__integrity__1007.json',
    'ocsf/CharlotteN7-dsh-ocsf-forwarder__mapping__1007.json',
    'ocsf/aws-samples-amazon-security-lake-custom-data__README__API-Activity.json',
    'ocsf/aws-samples-amazon-security-lake-ocsf-validation__README__API-Activity.json',
    'ocsf/aws-samples-amazon-security-lake-transformation-__aws_alb__HTTP-Activity.json',
    'ocsf/aws-samples-amazon-security-lake-transformation-__aws_nfw__Network-Activity.json',
    'ocsf/aws-samples-amazon-security-lake-transformation-__windows_sysmon__File-Activity.json',
    'ocsf/aws-samples-amazon-security-lake-transformation-__windows_sysmon__Process-Activity.json',
    'ocsf/aws-samples-sample-aws-security-lake-integration__README__Network-Activity.json',
    'ocsf/shellcromancer-substation-ocsf__README__DNS-Activity.json',
    'ocsf/shellcromancer-substation-ocsf__README__Network-Activity.json',
  ],
  // A placeholder, or an account of another cloud.
  'MalformedFindingError cloud.account.uid': [
    'ocsf/DefectDojo-django-DefectDojo__example_output_aws.ocsf__Detection-Finding.json',
    'ocsf/DefectDojo-django-DefectDojo__example_output_aws.ocsf__Detection-Finding__2.json',
    'ocsf/DefectDojo-django-DefectDojo__example_output_aws.ocsf__Detection-Finding__3.json',
    'ocsf/DefectDojo-django-DefectDojo__example_output_azure.ocsf__Detection-Finding.json',
    'ocsf/DefectDojo-django-DefectDojo__example_output_azure.ocsf__Detection-Finding__2.json',
    'ocsf/DefectDojo-django-DefectDojo__example_output_azure.ocsf__Detection-Finding__3.json',
    'ocsf/DefectDojo-django-DefectDojo__example_output_gcp.ocsf__Detection-Finding.json',
    'ocsf/DefectDojo-django-DefectDojo__example_output_gcp.ocsf__Detection-Finding__2.json',
    'ocsf/DefectDojo-django-DefectDojo__example_output_gcp.ocsf__Detection-Finding__3.json',
    'ocsf/aws-samples-sample-aws-security-lake-integration__README__Compliance-Finding.json',
    'ocsf/jonrau1-ElectricEye__OUTPUTS__Compliance-Finding.json',
    'ocsf/prowler-cloud-prowler__example_output_aws.ocsf__Detection-Finding.json',
    'ocsf/prowler-cloud-prowler__example_output_aws.ocsf__Detection-Finding__2.json',
    'ocsf/prowler-cloud-prowler__example_output_azure.ocsf__Detection-Finding.json',
    'ocsf/prowler-cloud-prowler__example_output_azure.ocsf__Detection-Finding__2.json',
    'ocsf/prowler-cloud-prowler__example_output_gcp.ocsf__Detection-Finding.json',
    'ocsf/prowler-cloud-prowler__example_output_gcp.ocsf__Detection-Finding__2.json',
    'ocsf/prowler-cloud-prowler__example_output_gcp.ocsf__Detection-Finding__3.json',
  ],
  // About no cloud account.
  'MalformedFindingError cloud': [
    'ocsf/DefectDojo-django-DefectDojo__example_output_kubernetes.ocsf__Detection-Finding.json',
    'ocsf/DefectDojo-django-DefectDojo__example_output_kubernetes.ocsf__Detection-Finding__2.json',
    'ocsf/DefectDojo-django-DefectDojo__example_output_kubernetes.ocsf__Detection-Finding__3.json',
    'ocsf/Hacker0x01-ocsf-emitter__golden_detection_finding.json',
    'ocsf/prowler-cloud-prowler__example_output_kubernetes.ocsf__Detection-Finding.json',
    'ocsf/prowler-cloud-prowler__example_output_kubernetes.ocsf__Detection-Finding__2.json',
    'ocsf/prowler-cloud-prowler__example_output_kubernetes.ocsf__Detection-Finding__3.json',
  ],
  // Thirteen digits.
  'MalformedFindingError detail.AccountId': [
    'guardduty/blu371ck-GuardDuty-SOAR__Recon-EC2-PortProbeEMRUnprotectedPort.json',
    'guardduty/blu371ck-GuardDuty-SOAR__Recon-EC2-PortProbeUnprotectedPort.json',
    'guardduty/blu371ck-GuardDuty-SOAR__Recon-EC2-Portscan.json',
    'guardduty/blu371ck-GuardDuty-SOAR__Trojan-EC2-BlackholeTraffic.json',
    'guardduty/blu371ck-GuardDuty-SOAR__Trojan-EC2-DGADomainRequest-B.json',
    'guardduty/blu371ck-GuardDuty-SOAR__Trojan-EC2-DNSDataExfiltration.json',
    'guardduty/blu371ck-GuardDuty-SOAR__Trojan-EC2-DropPoint.json',
    'guardduty/blu371ck-GuardDuty-SOAR__UnauthorizedAccess-EC2-MaliciousIPCaller.json',
    'guardduty/blu371ck-GuardDuty-SOAR__UnauthorizedAccess-EC2-MetadataDNSRebind.json',
    'guardduty/blu371ck-GuardDuty-SOAR__UnauthorizedAccess-EC2-RDPBruteForce.json',
    'guardduty/blu371ck-GuardDuty-SOAR__UnauthorizedAccess-EC2-SSHBruteForce.json',
    'guardduty/blu371ck-GuardDuty-SOAR__UnauthorizedAccess-EC2-TorClient.json',
    'guardduty/blu371ck-GuardDuty-SOAR__UnauthorizedAccess-EC2-TorRelay.json',
    'guardduty/blu371ck-GuardDuty-SOAR__event.json__UnauthorizedAccess-EC2-MetadataDNSRebind.json',
    'guardduty/blu371ck-GuardDuty-SOAR__event.json__UnauthorizedAccess-EC2-SSHBruteForce.json',
    'guardduty/blu371ck-GuardDuty-SOAR__event.json__UnauthorizedAccess-EC2-SSHBruteForce__2.json',
    'guardduty/blu371ck-GuardDuty-SOAR__event.json__UnauthorizedAccess-EC2-TorRelay.json',
    'guardduty/blu371ck-GuardDuty-SOAR__event__Policy-IAMUser-RootCredentialUsage.json',
  ],
  // Thirteen digits.
  'MalformedFindingError AccountId': [
    'guardduty/blu371ck-GuardDuty-SOAR__conftest__Exfiltration-S3-AnomalousBehavior.json',
    'guardduty/blu371ck-GuardDuty-SOAR__conftest__UnauthorizedAccess-EC2-SSHBruteForce.json',
    'guardduty/blu371ck-GuardDuty-SOAR__conftest__UnauthorizedAccess-EC2-TorClient.json',
  ],
  // Not a finding: an SNS notification around another event.
  'MalformedFindingError id': [
    'guardduty/terraform-aws-modules-terraform-aws-notify-slack__guardduty_malware_protection_object_scan_result__GuardDuty-Malware-Protection-Object-Scan-Result.json',
  ],
  // Shortened by who published it.
  'MalformedEventError awsRegion': [
    'cloudtrail-raw/aws-samples-serverless-patterns__input-1__UpdateResource.json',
    'cloudtrail-raw/flosell-trailscraper__cloudtrail_test__RenewRole.json',
  ],
  // Shortened by who published it.
  'MalformedEventError eventTime': [
    'cloudtrail-raw/panther-labs-panther-analysis__retrieve_sso_access_token__CreateToken.json',
  ],
};

/** By document: the error and the path that reject it. */
export const rejections: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(byRejection).flatMap(([rejection, documents]) =>
    documents.map((document) => [document, rejection]),
  ),
);
