/** Texts of what a product was certified on, and when. */
const basis = {
  basis: {
    title: '认定依据与历史',
    evidence: '提交的材料',
    entered: '这项认证由认定部门直接登记，没有网上申请材料。',
    helped: '带动 {n} 户',
    helped_people: '带动 {n} 户 {people} 人',
    helped_by: '据{scheme} {year} 年认定（{number}）',
    contracts: '凭联农带农合同 {numbers}',
    comma: '、',
    contract: '凭联农带农合同',
    helped_entered: '户数由认定部门认定时登记，合同由该部门保存。',
    history: '认定经过',
    again: '恢复有效',
    day: '查某一天是否有效',
    ask: '查',
    no_such_day: '请填 {first} 到 {last} 之间的一天：以后的日子现在还不知道。',
    then: '{moment}：{scheme} {year} 年度认证有效（{number}）。',
    not_then: '{moment}：没有有效的认证。',
  },
  basis_state: {
    CERTIFIED: '认定',
    SUSPENDED: '暂停',
    REVOKED: '撤销',
    WITHDRAWN: '退出',
  },
  evidence: {
    TEST_REPORT: '检测报告',
    FOOD_PRODUCTION_LICENCE: '食品生产许可证',
    CONFORMITY_COMMITMENT: '承诺达标合格证',
    LINKAGE_CONTRACT: '联农带农合同',
    PRICE_COMPARISON: '比价材料',
    QUALITY_MARK: '绿色、有机、地理标志证书',
    AGENCY_CONTRACT: '代理合同',
    PICTURE: '照片',
    OTHER: '其他材料',
  },
};

export type BasisTexts = typeof basis;
export default basis;
